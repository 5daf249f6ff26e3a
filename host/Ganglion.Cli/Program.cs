System.Console.WriteLine("ganglion");
