System.Console.WriteLine("receivables");
